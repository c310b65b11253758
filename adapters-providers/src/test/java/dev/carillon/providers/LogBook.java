package dev.carillon.providers;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/// What a class has logged since this was opened.
public final class LogBook extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Witness<ILoggingEvent> events = new Witness<>();
  private final Logger logger;

  private LogBook(Logger logger) {
    this.logger = logger;
  }

  /// From now on what that class logs is kept.
  public static LogBook of(Class<?> type) {
    Logger logger = (Logger) LoggerFactory.getLogger(type);
    LogBook book = new LogBook(logger);
    book.start();
    logger.addAppender(book);
    return book;
  }

  /// Level and words of each line above DEBUG.
  public List<String> lines() {
    return events.seen().stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  /// All of it, traces too.
  public String everything() {
    return events.seen().stream()
        .map(event ->
            event.getFormattedMessage()
                + " "
                + (event.getThrowableProxy() == null
                    ? ""
                    : ThrowableProxyUtil.asString(event.getThrowableProxy())))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    stop();
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.see(event);
  }
}
