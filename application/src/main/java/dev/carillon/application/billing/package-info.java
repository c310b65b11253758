/// Money: what a submission costs, who pays for it, and what the books say.
@NullMarked
package dev.carillon.application.billing;

import org.jspecify.annotations.NullMarked;
