/// What is sent: the content of a channel, its bounds, and how an SMS is cut into parts. Pure, and
/// never shows a body in a `toString()`.
@NullMarked
package dev.carillon.domain.content;

import org.jspecify.annotations.NullMarked;
