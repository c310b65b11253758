package dev.carillon.grpc;

import dev.carillon.application.admin.DispatchSwitch;
import dev.carillon.application.port.StoreWitness.History;
import dev.carillon.v1.ConfirmDispatchResponse;
import dev.carillon.v1.GetDispatchSwitchResponse;
import dev.carillon.v1.SwitchDispatchOffResponse;
import java.util.Locale;

/// Maps whether messages are handed over at all.
final class SwitchResponses {
  private SwitchResponses() {}

  static GetDispatchSwitchResponse got(DispatchSwitch state) {
    return GetDispatchSwitchResponse.newBuilder().setDispatchSwitch(map(state)).build();
  }

  static ConfirmDispatchResponse confirmed(DispatchSwitch state) {
    return ConfirmDispatchResponse.newBuilder().setDispatchSwitch(map(state)).build();
  }

  static SwitchDispatchOffResponse off(DispatchSwitch state) {
    return SwitchDispatchOffResponse.newBuilder().setDispatchSwitch(map(state)).build();
  }

  private static dev.carillon.v1.DispatchSwitch map(DispatchSwitch state) {
    dev.carillon.v1.DispatchSwitch.Builder response =
        dev.carillon.v1.DispatchSwitch.newBuilder()
            .setOn(state.on())
            .setReason(state.reason())
            .setHistoryToken(HistoryTokens.of(state.history()))
            .setHistory(words(state.history()));
    if (state.since() != null) {
      response.setSwitchTime(ProtoValues.timestamp(state.since()));
    }
    if (state.confirmed() != null) {
      response.setConfirmedHistory(words(state.confirmed()));
    }
    return response.build();
  }

  /// The position as PostgreSQL writes it (pg_lsn: two hexadecimal halves).
  private static String words(History history) {
    return String.format(
        Locale.ROOT,
        "system %s, timeline %d, position %X/%X",
        history.system(),
        history.timeline(),
        history.position() >>> 32,
        history.position() & 0xFFFF_FFFFL);
  }
}
