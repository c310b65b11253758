/// Tests of flow control.
@NullMarked
package dev.carillon.providers.pacing;

import org.jspecify.annotations.NullMarked;
