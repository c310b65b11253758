/// What the promises come to when something breaks: PostgreSQL, the network, the carrier, a node.
@NullMarked
package dev.carillon.bootstrap.fault;

import org.jspecify.annotations.NullMarked;
