"""The agenda, the blocks and the fused pass: from a scenario to results."""
