/// What keeps the house while nobody asks: clocks that run out, leases that lapse, doubts that are
/// settled, watching. Loops call these use cases again and again; each call does a bounded part and
/// tells how much, and doing it twice does no harm.
@NullMarked
package dev.carillon.application.keeping;

import org.jspecify.annotations.NullMarked;
