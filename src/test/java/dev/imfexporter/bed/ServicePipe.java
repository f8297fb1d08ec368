package dev.imfexporter.bed;

import dev.imfexporter.access.ServiceState;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Service Control Manager behind a real smbd, which hands it the pipe {@code svcctl}: Samba's own
 * tells nothing of services that are not its own. Speaks MS-SCMR by the specification, and knows
 * nothing of the product's client.
 */
public final class ServicePipe implements AutoCloseable {
  private static final int ACCESS_DENIED = 5;
  private static final int INVALID_HANDLE = 6;
  private static final int INSUFFICIENT_BUFFER = 122;
  private static final int INVALID_LEVEL = 124;
  private static final int MORE_DATA = 234;
  private static final int NO_SUCH_SERVICE = 1060;

  private final PipeSocket socket;
  private final Map<String, Service> services = new ConcurrentHashMap<>();
  private final Map<String, Recovery> recoveries = new ConcurrentHashMap<>();
  private final Map<String, Integer> denied = new ConcurrentHashMap<>();
  private final AtomicInteger handles = new AtomicInteger();
  private final Queue<List<Long>> asked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unanswered = new AtomicInteger();
  private volatile Fault fault = Fault.NONE;

  /** What is wrong with the pipe. */
  public enum Fault {
    NONE,
    /** Takes a call and never answers. */
    SILENT,
    /** Answers with the id of another call. */
    WRONG_CALL,
    /** Answers with a message that is cut in half, and closes. */
    CUT,
    /** Announces more than it sends. */
    HUGE,
    /** Answers in fragments of one byte. */
    TINY_FRAGMENTS,
    /** Answers with bytes that are no RPC. */
    GARBAGE
  }

  /** A service as it is to be told. */
  public record Service(
      ServiceState state, int startType, boolean delayed, String display, List<String> requires) {
    public Service with(ServiceState now) {
      return new Service(now, startType, delayed, display, requires);
    }
  }

  /**
   * The recovery actions of a service; without any, the pipe does not know the level.
   *
   * @param actions SERVICE_FAILURE_ACTIONS_WOW64 (2.2.37) and what it points to
   * @param flag fFailureActionsOnNonCrashFailures; empty for a host that does not know it
   */
  @SuppressWarnings("ArrayRecordComponent") // made here and compared nowhere
  private record Recovery(byte[] actions, Optional<Integer> flag) {}

  private ServicePipe(Path path) throws IOException {
    socket = PipeSocket.serve(path, this::serve);
  }

  /** Serves a socket of that path until it is closed. */
  static ServicePipe serve(Path path) throws IOException {
    return new ServicePipe(path);
  }

  public void put(String name, Service service) {
    services.put(name, service);
  }

  /**
   * Sets the recovery actions of a service.
   *
   * @param actions SERVICE_FAILURE_ACTIONS_WOW64 (2.2.37) and what it points to
   * @param flag whether a stop with an error is a failure; empty for a host before Vista
   */
  public void recovery(String name, byte[] actions, Optional<Integer> flag) {
    recoveries.put(name, new Recovery(actions.clone(), flag));
  }

  public void enters(String name, ServiceState state) {
    services.computeIfPresent(name, (key, service) -> service.with(state));
  }

  public void remove(String name) {
    services.remove(name);
    recoveries.remove(name);
  }

  /** The rights that are refused on a service; on "" those on the manager. */
  public void deny(String name, int rights) {
    denied.put(name, rights);
  }

  public void fault(Fault now) {
    fault = now;
    unanswered.set(0);
  }

  /** When each client called, one list for a client, by System.nanoTime. */
  public List<List<Long>> calls() {
    return asked.stream().map(List::copyOf).toList();
  }

  /** Forgets all calls so far. */
  public void forgetCalls() {
    asked.forEach(List::clear);
  }

  /** How many calls have been taken and not answered since the fault was set. */
  public int unanswered() {
    return unanswered.get();
  }

  private void serve(DataInputStream in, OutputStream out) throws IOException {
    PipeWire.welcome(in, out);
    Map<String, String> open = new HashMap<>();
    List<Long> times = Collections.synchronizedList(new ArrayList<>());
    asked.add(times);
    while (true) {
      ByteBuffer pdu = PipeWire.receive(in);
      int type = pdu.get(2);
      if (type == PipeWire.BIND) {
        PipeWire.send(out, PipeWire.bindAck(pdu, "svcctl"));
      } else if (type == PipeWire.REQUEST && !answer(pdu, open, times, out)) {
        return;
      }
    }
  }

  /** False to close the pipe. */
  private boolean answer(
      ByteBuffer request, Map<String, String> open, List<Long> times, OutputStream out)
      throws IOException {
    times.add(System.nanoTime());
    Fault now = fault;
    int call = request.getInt(12) + (now == Fault.WRONG_CALL ? 7 : 0);
    byte[] stub =
        reply(
            request.getShort(22),
            request.position(24).slice().order(ByteOrder.LITTLE_ENDIAN),
            open);
    switch (now) {
      case SILENT -> unanswered.incrementAndGet();
      case GARBAGE ->
          PipeWire.send(out, "HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.US_ASCII));
      case CUT -> {
        byte[] whole = PipeWire.response(stub, 0, stub.length, call, 3);
        PipeWire.send(out, Arrays.copyOf(whole, whole.length / 2));
        return false;
      }
      case HUGE -> {
        byte[] huge = stub.clone();
        ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 1 << 30);
        PipeWire.send(out, PipeWire.response(huge, 0, huge.length, call, 3));
      }
      case TINY_FRAGMENTS -> PipeWire.fragments(out, stub, call, 1);
      case NONE, WRONG_CALL ->
          PipeWire.fragments(out, stub, call, PipeWire.FRAGMENT - PipeWire.STUB);
    }
    return true;
  }

  private byte[] reply(int operation, ByteBuffer in, Map<String, String> open) {
    PipeWire.Out out = new PipeWire.Out();
    if (operation == 15) {
      return out.handle(opened("", open))
          .u32((denied.getOrDefault("", 0) & 1) == 0 ? 0 : ACCESS_DENIED)
          .bytes();
    }
    byte[] handle = new byte[20];
    in.get(handle);
    String service = open.get(Arrays.toString(handle));
    if (service == null) {
      return out.u32(INVALID_HANDLE).bytes();
    }
    return switch (operation) {
      case 0 -> out.handle(new byte[20]).u32(0).bytes();
      case 6 -> out.raw(Arrays.copyOf(status(service, 0), 28)).u32(0).bytes();
      case 16 -> openService(in, open, out);
      case 13 -> dependents(service, in, out);
      case 17 -> config(service, out);
      case 39 -> config2(service, in.getInt(), in.getInt(), out);
      case 40 -> out.u32(36).raw(status(service, 4242)).u32(36).u32(0).bytes();
      default -> out.u32(ACCESS_DENIED).bytes();
    };
  }

  private Service service(String name) {
    return Objects.requireNonNull(services.get(name), name);
  }

  private byte[] opened(String service, Map<String, String> open) {
    byte[] handle = ByteBuffer.allocate(20).putInt(4, handles.incrementAndGet()).array();
    open.put(Arrays.toString(handle), service);
    return handle;
  }

  private byte[] openService(ByteBuffer in, Map<String, String> open, PipeWire.Out out) {
    in.getInt();
    in.getInt();
    byte[] name = new byte[in.getInt() * 2];
    in.get(name);
    in.position((in.position() + 3) & ~3);
    int rights = in.getInt();
    String wanted = new String(name, StandardCharsets.UTF_16LE).replace("\0", "");
    Optional<String> known =
        services.keySet().stream().filter(service -> service.equalsIgnoreCase(wanted)).findFirst();
    if (known.isEmpty()) {
      return out.handle(new byte[20]).u32(NO_SUCH_SERVICE).bytes();
    }
    boolean refused = (denied.getOrDefault(known.get(), 0) & rights) != 0;
    return refused
        ? out.handle(new byte[20]).u32(ACCESS_DENIED).bytes()
        : out.handle(opened(known.get(), open)).u32(0).bytes();
  }

  private byte[] dependents(String service, ByteBuffer in, PipeWire.Out out) {
    in.getInt();
    int room = in.getInt();
    List<String> names =
        services.entrySet().stream()
            .filter(
                entry -> entry.getValue().requires().stream().anyMatch(service::equalsIgnoreCase))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    PipeWire.Out entries = new PipeWire.Out();
    PipeWire.Out texts = new PipeWire.Out();
    for (String name : names) {
      int offset = 36 * names.size() + texts.size();
      entries.u32(offset).u32(offset).raw(Arrays.copyOf(status(name, 0), 28));
      texts.raw((name + "\0").getBytes(StandardCharsets.UTF_16LE));
    }
    byte[] all = entries.raw(texts.bytes()).bytes();
    boolean fits = all.length <= room;
    return out.u32(room)
        .raw(Arrays.copyOf(fits ? all : new byte[0], room))
        .u32(fits ? 0 : all.length)
        .u32(fits ? names.size() : 0)
        .u32(fits ? 0 : MORE_DATA)
        .bytes();
  }

  private byte[] config(String name, PipeWire.Out out) {
    Service service = service(name);
    String requires =
        String.join("/", service.requires()) + (service.requires().isEmpty() ? "" : "/");
    return out.u32(0x20)
        .u32(service.startType())
        .u32(1)
        .u32(0x20000)
        .u32(0)
        .u32(0)
        .u32(0x20004)
        .u32(0x20008)
        .u32(0x2000c)
        .text("C:\\WINDOWS\\system32\\inetsrv\\inetinfo.exe")
        .text(requires)
        .text("LocalSystem")
        .text(service.display())
        .u32(0)
        .u32(0)
        .bytes();
  }

  private byte[] config2(String name, int level, int room, PipeWire.Out out) {
    Recovery recovery = recoveries.get(name);
    if (level == 3) {
      return out.u32(4).u32(service(name).delayed() ? 1 : 0).u32(4).u32(0).bytes();
    } else if (level == 2 && recovery != null) {
      int needed = recovery.actions().length;
      boolean fits = needed <= room;
      return out.u32(room)
          .raw(Arrays.copyOf(fits ? recovery.actions() : new byte[0], room))
          .u32(needed)
          .u32(fits ? 0 : INSUFFICIENT_BUFFER)
          .bytes();
    } else if (level == 4 && recovery != null && recovery.flag().isPresent()) {
      return out.u32(4).u32(recovery.flag().get()).u32(4).u32(0).bytes();
    }
    return out.u32(0).u32(0).u32(INVALID_LEVEL).bytes();
  }

  private byte[] status(String name, int pid) {
    Service service = service(name);
    boolean runs = service.state() == ServiceState.RUNNING;
    return new PipeWire.Out()
        .u32(0x20)
        .u32(List.of(ServiceState.values()).indexOf(service.state()) + 1)
        .u32(runs ? 5 : 0)
        .u32(runs ? 0 : 1066)
        .u32(runs ? 0 : 42)
        .u32(0)
        .u32(0)
        .u32(runs ? pid : 0)
        .u32(0)
        .bytes();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
