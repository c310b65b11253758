/// Who calls: what a credential proves, and when it was used last.
@NullMarked
package dev.carillon.application.credentials;

import org.jspecify.annotations.NullMarked;
