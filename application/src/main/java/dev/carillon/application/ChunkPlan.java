package dev.carillon.application;

import dev.carillon.application.port.PreparedMessage;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.StatusByte;
import java.util.ArrayList;
import java.util.List;

/// How the messages of a new job are cut into chunks.
record ChunkPlan(List<byte[]> statuses, int chunkSize, int openChunks, long parts) {

  static ChunkPlan of(List<PreparedMessage> messages, int chunkSize) {
    List<byte[]> chunks = new ArrayList<>();
    int open = 0;
    long parts = 0;
    for (int first = 0; first < messages.size(); first += chunkSize) {
      byte[] statuses = new byte[Math.min(chunkSize, messages.size() - first)];
      boolean hasWork = false;
      for (int i = 0; i < statuses.length; i++) {
        PreparedMessage message = messages.get(first + i);
        statuses[i] = StatusByte.of(firstState(message), 0);
        hasWork |= message.rejected() == null;
        parts += message.parts();
      }
      chunks.add(statuses);
      open += hasWork ? 1 : 0;
    }
    return new ChunkPlan(chunks, chunkSize, open, parts);
  }

  List<Chunk> chunks(JobId job) {
    List<Chunk> chunks = new ArrayList<>(statuses.size());
    for (int number = 0; number < statuses.size(); number++) {
      chunks.add(new Chunk(new ChunkKey(job, number), number * chunkSize, statuses.get(number), 0));
    }
    return chunks;
  }

  private static MessageState firstState(PreparedMessage message) {
    return message.rejected() == null
        ? MessageState.QUEUED
        : MessageState.rejectedFor(message.rejected());
  }
}
