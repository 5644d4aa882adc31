"""Rooms as places one comes back to: where the film stopped, who may look in, who fits in."""
