/// SMPP 3.4: straight to the SMS centres of operators, and to aggregators that speak it. The
/// library keeps the sessions; what is a message, a part, an answer or a receipt is decided here.
@NullMarked
package dev.carillon.providers.smpp;

import org.jspecify.annotations.NullMarked;
