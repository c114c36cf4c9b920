"""Bag, checkout, purchase, order, fulfilment: from intent to parcel."""
