/// Phone numbers, by Google's libphonenumber and its network data.
@NullMarked
package dev.carillon.providers.numbering;

import org.jspecify.annotations.NullMarked;
