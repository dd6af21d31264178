"""The pages of knowledge: finding, reading, writing."""
