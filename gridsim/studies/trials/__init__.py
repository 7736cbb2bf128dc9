"""Published field trials as scenarios, with one set of parameters: which of them come out right?"""
