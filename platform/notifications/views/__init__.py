"""The pages of what people are told: the list under the bell, and each page of its own kind beside it."""
