package dev.carillon.bootstrap.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.jul.LevelChangePropagator;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/// Logback's configuration, found by it as a service. In Java, since reading it from XML would cost
/// a tenth of the start; a file named by `-Dlogback.configurationFile` replaces it.
public final class LogSettings extends ContextAwareBase implements Configurator {
  /// Times are those of ISO 8601, with the date and the offset from UTC.
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %-12thread %logger{20}: %msg%n";

  /// A client that goes away while answers are on their way to it is no event: below this level a
  /// stack trace, "Stream closed before write could take place", is logged for each.
  private static final String NETTY_STREAMS =
      "io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler";

  /// Warns with a stack trace of every call that is larger than the limit, which its caller is
  /// told.
  private static final String NETTY_CALLS = "io.grpc.netty.shaded.io.grpc.netty.NettyServerStream";

  /// Warns with a stack trace of every connection that broke; that the store is away is told once
  /// by those who need it.
  private static final String CONNECTION_POOL = "com.zaxxer.hikari";

  /// Warns at each start of a PostgreSQL that the free edition of jOOQ does not name, although
  /// nothing that is newer is asked of it.
  private static final String VERSIONS = "org.jooq.impl.DefaultExecuteContext.logVersionSupport";

  /// Writes the whole URL, with its parameters, where it cannot read it.
  private static final String DRIVER = "org.postgresql";

  /// Writes whole messages with their addresses when it is asked for details, and every failed bind
  /// with a stack trace; what matters of its sessions is told by the carrier.
  private static final String SMPP = "org.jsmpp";

  /// Warns of whatever anybody sends to the listener for callbacks, with what was sent.
  private static final String HTTP_SERVER = "org.eclipse.jetty";

  /// Writes whole requests and answers when it is asked for details.
  private static final String HTTP_CLIENT = "org.apache.hc";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty("logback.configurationFile") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(console(context));
    context.getLogger("dev.carillon").setLevel(Level.INFO);
    context.getLogger(NETTY_STREAMS).setLevel(Level.ERROR);
    context.getLogger(NETTY_CALLS).setLevel(Level.ERROR);
    context.getLogger(CONNECTION_POOL).setLevel(Level.ERROR);
    context.getLogger(DRIVER).setLevel(Level.ERROR);
    context.getLogger(VERSIONS).setLevel(Level.ERROR);
    context.getLogger(SMPP).setLevel(Level.OFF);
    context.getLogger(HTTP_SERVER).setLevel(Level.ERROR);
    context.getLogger(HTTP_CLIENT).setLevel(Level.ERROR);
    context.addListener(levelsOfJavaUtilLogging(context));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    return console;
  }

  /// What is not to be logged is not built either.
  private static LevelChangePropagator levelsOfJavaUtilLogging(LoggerContext context) {
    LevelChangePropagator propagator = new LevelChangePropagator();
    propagator.setContext(context);
    propagator.setResetJUL(true);
    propagator.start();
    return propagator;
  }
}
