package dev.carillon.benchmarks.watching;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/// The heap of another Java process of this machine, read by its own management beans.
public final class ServerHeap implements AutoCloseable {
  private static final int COLLECTIONS = 3;

  private final JMXConnector connector;
  private final MemoryMXBean memory;

  private ServerHeap(JMXConnector connector, MemoryMXBean memory) {
    this.connector = connector;
    this.memory = memory;
  }

  /// Of a process of the same user.
  @SuppressWarnings("BanJNDI") // what it says comes from a process that this one has started
  public static ServerHeap of(long pid) throws IOException {
    JMXConnector connector =
        JMXConnectorFactory.connect(new JMXServiceURL(startAgent(Long.toString(pid))));
    MemoryMXBean memory =
        ManagementFactory.newPlatformMXBeanProxy(
            connector.getMBeanServerConnection(),
            ManagementFactory.MEMORY_MXBEAN_NAME,
            MemoryMXBean.class);
    return new ServerHeap(connector, memory);
  }

  /// Heap in use after collections, in bytes.
  public long afterCollection() {
    long least = Long.MAX_VALUE;
    for (int n = 0; n < COLLECTIONS; n++) {
      memory.gc();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }

  private static String startAgent(String pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(pid);
      try {
        return machine.startLocalManagementAgent();
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("cannot attach to the node", e);
    }
  }
}
