"""What a meter owes under a contract: lines, billing periods, the ledger, the outlook."""
