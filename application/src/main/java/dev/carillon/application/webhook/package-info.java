/// What can be done with endpoints of webhooks, and how events get there.
@NullMarked
package dev.carillon.application.webhook;

import org.jspecify.annotations.NullMarked;
