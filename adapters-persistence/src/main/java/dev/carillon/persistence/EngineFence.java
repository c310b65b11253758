package dev.carillon.persistence;

import static org.jooq.impl.DSL.field;

import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps nodes from handing anything over that are older than the schema wants: those that go on
/// while others, newer ones, are started. Their locks of chunks say that nothing may be dispatched.
final class EngineFence {
  /// The migration up to which this program knows all that decides whom messages go to.
  private static final int ENGINE = 18;

  private static final Logger LOG = LoggerFactory.getLogger(EngineFence.class);
  private static final Field<Boolean> FITS = field("engine_fits()", SQLDataType.BOOLEAN);

  private boolean tooOld;

  /// Tells a new session which engine it belongs to.
  static String greeting() {
    return "SET carillon.engine = " + ENGINE;
  }

  /// Says so, once, when this node is found to be too old.
  synchronized void look(DSLContext sql) {
    boolean fits = sql.select(FITS).fetchSingle().value1();
    if (!fits && !tooOld) {
      LOG.error(
          "this node is older than the database wants, and hands nothing over any more: start it"
              + " again with the new version");
    }
    tooOld = !fits;
  }
}
