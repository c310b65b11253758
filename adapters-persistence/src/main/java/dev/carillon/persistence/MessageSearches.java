package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.JOB;
import static dev.carillon.persistence.schema.Tables.MESSAGE;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.MessageSearch;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Row2;

/// Finds messages over all jobs: their keys by the filters of the table, then what is shown of a
/// page of them.
final class MessageSearches {
  /// Of a cursor these many bits are the position, which is at most 10,000,000 (2^24 is more); what
  /// is left is enough for 2^36 jobs.
  private static final int POSITION_BITS = 27;

  /// The page's keys, each with the total; a page without keys is one row without a key.
  private static final String KEYS =
      """
      WITH found AS MATERIALIZED (
        SELECT job_id, position FROM found_messages({0}, {1}, {2}, {3}, NULL))
      SELECT page.job_id, page.position, (SELECT count(*) FROM found) AS total
      FROM (SELECT 1) AS once
      LEFT JOIN (
        SELECT job_id, position FROM found
        WHERE job_id < {4} OR job_id = {4} AND position > {5}
        ORDER BY job_id DESC, position OFFSET {6} LIMIT {7}) AS page ON true
      ORDER BY page.job_id DESC, page.position\
      """;

  private MessageSearches() {}

  static Page<Message> page(DSLContext sql, Scope scope, MessageSearch search, PageRequest page) {
    Result<Record> rows = keys(sql, scope, search, page);
    long total = rows.getFirst().get("total", Long.class);
    List<Row2<Long, Integer>> keys = new ArrayList<>();
    OptionalLong last = OptionalLong.empty();
    for (Record key : rows) {
      Long job = key.get("job_id", Long.class);
      if (job == null || keys.size() == page.size()) {
        break;
      }
      int position = key.get("position", Integer.class);
      keys.add(row(val(job), val(position)));
      last = OptionalLong.of(job << POSITION_BITS | position);
    }
    boolean more = rows.size() > page.size();
    return new Page<>(shown(sql, keys), more ? last : OptionalLong.empty(), total);
  }

  private static Result<Record> keys(
      DSLContext sql, Scope scope, MessageSearch search, PageRequest page) {
    boolean first = page.after().isEmpty();
    long after = page.after().orElse(0);
    return sql.resultQuery(
            KEYS,
            val(scope.business().value()),
            val(scope.environment().name()),
            addresses(search),
            search.clientRef().isEmpty() ? inline((String) null) : val(search.clientRef()),
            val(first ? Long.MAX_VALUE : after >> POSITION_BITS),
            val(Math.toIntExact(after & (1L << POSITION_BITS) - 1)),
            val(page.skip()),
            val(page.size() + 1))
        .fetch();
  }

  private static Field<?> addresses(MessageSearch search) {
    return search.addresses().isEmpty()
        ? inline((String[]) null)
        : val(search.addresses().toArray(String[]::new));
  }

  private static List<Message> shown(DSLContext sql, List<Row2<Long, Integer>> keys) {
    return keys.isEmpty()
        ? List.of()
        : MessageViews.all(sql)
            .where(row(MESSAGE.JOB_ID, MESSAGE.POSITION).in(keys))
            .orderBy(JOB.ID.desc(), MESSAGE.POSITION)
            .fetch(MessageViews::message);
  }
}
