@NullMarked
package dev.carillon.application.webhook;

import org.jspecify.annotations.NullMarked;
