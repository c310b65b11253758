/// The feed of events.
@NullMarked
package dev.carillon.application.event;

import org.jspecify.annotations.NullMarked;
