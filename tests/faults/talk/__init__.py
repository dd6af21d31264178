"""Talk under faults: real processes, many clients, and everything between them failing by a seeded plan."""
