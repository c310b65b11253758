/// Who is written to: addresses, and the stored contacts of a business. Pure, and never shows an
/// address in a `toString()`.
@NullMarked
package dev.carillon.domain.recipient;

import org.jspecify.annotations.NullMarked;
