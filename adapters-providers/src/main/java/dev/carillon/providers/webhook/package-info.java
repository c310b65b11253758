/// How receivers of events are reached: HTTP out, signed, and only to where it is allowed.
@NullMarked
package dev.carillon.providers.webhook;

import org.jspecify.annotations.NullMarked;
