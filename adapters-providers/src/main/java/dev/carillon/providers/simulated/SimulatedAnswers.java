package dev.carillon.providers.simulated;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.message.MessageRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/// Chooses a message's script, and from it the answer to this hand-over.
final class SimulatedAnswers {
  /// How many messages are remembered as throttled; when there are more, the first are forgotten
  /// and throttled anew.
  private static final int MOST_REMEMBERED = 10_000;

  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final SimulatedScript ordinary;
  private final SimulatedConfig.Shares shares;
  private final Map<MessageRef, Integer> throttled =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<MessageRef, Integer> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  SimulatedAnswers(SimulatedScript ordinary, SimulatedConfig.Shares shares) {
    this.ordinary = ordinary;
    this.shares = shares;
  }

  /// What its address asks for, else what it draws.
  SimulatedScript script(OutboundMessage message) {
    SimulatedScript magic = MagicAddresses.find(message.content().channel(), message.address());
    if (magic != null) {
      return magic;
    }
    return shares.areNone() ? ordinary : drawn(message);
  }

  /// The answer to this hand-over. A message that is to be throttled a number of times is counted
  /// here, because a throttled attempt does not count as one.
  SimulatedErrorCodes code(SimulatedScript script, OutboundMessage message) {
    ScriptedAnswers answers = script.answers();
    if (answers.areAlike()) {
      return answers.code();
    }
    boolean first =
        answers.code().throttles()
            ? throttlesAgain(message.ref(), answers.times())
            : message.attempt() <= answers.times();
    return first ? answers.code() : SimulatedErrorCodes.TAKEN;
  }

  private boolean throttlesAgain(MessageRef ref, int times) {
    synchronized (throttled) {
      int count = throttled.merge(ref, 1, Integer::sum);
      if (count > times) {
        throttled.remove(ref);
      }
      return count <= times;
    }
  }

  private SimulatedScript drawn(OutboundMessage message) {
    double draw = random(message).nextDouble();
    double bound = shares.refused();
    if (draw < bound) {
      return SimulatedScript.REFUSED;
    }
    bound += shares.undelivered();
    if (draw < bound) {
      return SimulatedScript.UNDELIVERED;
    }
    bound += shares.unreachable();
    if (draw < bound) {
      return SimulatedScript.UNREACHABLE;
    }
    bound += shares.lost();
    return draw < bound ? SimulatedScript.LOST : ordinary;
  }

  private SplittableRandom random(OutboundMessage message) {
    MessageRef ref = message.ref();
    long seed = shares.seed();
    seed = seed * MIX + ref.job().value();
    seed = seed * MIX + ref.position();
    seed = seed * MIX + message.attempt();
    return new SplittableRandom(seed);
  }
}
