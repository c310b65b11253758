/// What passes between the house and a carrier: outcomes, receipts, reasons.
@NullMarked
package dev.carillon.domain.delivery;

import org.jspecify.annotations.NullMarked;
