"""From intent to parcel: bag, checkout session, purchase, one order per seller, fulfilment.

A purchase is the buyer's one payment; it has one order per seller. Everything that a buyer was
shown is snapshotted here, so that catalogue changes never reach back into an order.
"""
