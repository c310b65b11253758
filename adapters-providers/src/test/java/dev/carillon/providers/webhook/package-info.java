@NullMarked
package dev.carillon.providers.webhook;

import org.jspecify.annotations.NullMarked;
