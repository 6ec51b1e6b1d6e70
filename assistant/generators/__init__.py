"""Ways of wording an answer."""
