"""Which clocks run on a ticket, and how do they stand? The clocks are listed in `tkt.clocks.table`."""
