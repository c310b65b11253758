/// What carriers tell over HTTP of their own accord: the listener, and what each carrier makes of a
/// call.
@NullMarked
package dev.carillon.providers.callback;

import org.jspecify.annotations.NullMarked;
