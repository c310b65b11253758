/// Live progress of jobs: who watches which, and what each is told.
@NullMarked
package dev.carillon.application.watch;

import org.jspecify.annotations.NullMarked;
