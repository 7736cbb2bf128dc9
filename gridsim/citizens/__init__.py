"""How people answer: who enrols, who hears, who acts, how, and what becomes habit."""
