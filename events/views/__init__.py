"""The pages of the calendar: the agenda and the month, a gathering, subscriptions."""
