/// Tests of the use cases of stored recipients.
@NullMarked
package dev.carillon.application.recipient;

import org.jspecify.annotations.NullMarked;
