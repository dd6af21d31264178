"""The peer: a chat as one writes it after the tutorial of Channels, on Daphne as it comes. It stores first, through
the ORM, and renders the message in the exchange's own shape."""
