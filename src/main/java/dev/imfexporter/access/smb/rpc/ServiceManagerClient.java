package dev.imfexporter.access.smb.rpc;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.AccessException.CallFailed;
import dev.imfexporter.access.ServiceConfig;
import dev.imfexporter.access.ServiceRight;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.ServiceStatus;
import dev.imfexporter.access.StartMode;
import dev.imfexporter.access.Win32Error;
import dev.imfexporter.access.smb.rpc.RpcException.Malformed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client of the Service Control Manager Remote Protocol (MS-SCMR). Each call opens a service with
 * the least right that it needs. For one thread at a time; not usable after an IOException.
 */
public final class ServiceManagerClient implements AutoCloseable {
  private static final int CLOSE_SERVICE_HANDLE = 0; // 3.1.4.1
  private static final int ENUM_DEPENDENT_SERVICES = 13; // 3.1.4.14
  private static final int OPEN_SC_MANAGER = 15; // 3.1.4.16
  private static final int OPEN_SERVICE = 16; // 3.1.4.17
  private static final int QUERY_SERVICE_CONFIG = 17; // 3.1.4.18
  static final int QUERY_SERVICE_CONFIG_2 = 39; // 3.1.4.37
  private static final int QUERY_SERVICE_STATUS_EX = 40; // 3.1.4.38

  private static final int SC_MANAGER_CONNECT = 1;
  private static final int SC_STATUS_PROCESS_INFO = 0;
  private static final int STATUS_PROCESS_BYTES = 36;
  private static final int DELAYED_AUTO_START_INFO = 3;
  private static final int START_AUTO = 2;
  private static final int STATE_ALL = 3;
  static final int MAX_CONFIG = 8 * 1024;
  private static final int FIRST_ENUMERATION = 8 * 1024;
  private static final int MAX_ENUMERATION = 256 * 1024;
  private static final int ENTRY_BYTES = 36;

  /** The longest name of a service (page of CreateService). */
  private static final int MAX_NAME = 256;

  private static final char LOAD_ORDER_GROUP = '+';

  private final RpcClient rpc;
  private final byte[] manager;

  private ServiceManagerClient(RpcClient rpc, byte[] manager) {
    this.rpc = rpc;
    this.manager = manager;
  }

  /** Binds without protection of its own: newer Windows refuses an authenticated bind here. */
  public static ServiceManagerClient open(RpcTransport transport)
      throws IOException, AccessException {
    return RpcClient.open(
        transport,
        RpcInterface.SVCCTL,
        Protection.NONE,
        rpc -> {
          NdrReader opened =
              rpc.call(
                  OPEN_SC_MANAGER,
                  new NdrWriter().nullPointer().nullPointer().u32(SC_MANAGER_CONNECT));
          byte[] manager = opened.handle();
          check(opened.u32(), "OpenSCManager", "SC_MANAGER_CONNECT on the host");
          return new ServiceManagerClient(rpc, manager);
        });
  }

  /** See {@link dev.imfexporter.access.ServiceControl#status}. */
  public Optional<ServiceStatus> status(String service) throws IOException, AccessException {
    return with(service, ServiceRight.SERVICE_QUERY_STATUS, handle -> status(service, handle));
  }

  private ServiceStatus status(String service, byte[] handle) throws IOException, AccessException {
    NdrReader answer =
        rpc.call(
            QUERY_SERVICE_STATUS_EX,
            new NdrWriter().handle(handle).u32(SC_STATUS_PROCESS_INFO).u32(STATUS_PROCESS_BYTES));
    byte[] bytes = answer.conformantBytes();
    answer.u32();
    check(answer.u32(), "QueryServiceStatusEx", service, ServiceRight.SERVICE_QUERY_STATUS);
    if (bytes.length < STATUS_PROCESS_BYTES) {
      throw new Malformed("The host sent a service status of " + bytes.length + " bytes, want 36");
    }
    ByteBuffer status = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return new ServiceStatus(
        ServiceState.of(status.getInt(4)),
        Integer.toUnsignedLong(status.getInt(12)),
        Integer.toUnsignedLong(status.getInt(16)),
        Integer.toUnsignedLong(status.getInt(28)));
  }

  /** See {@link dev.imfexporter.access.ServiceControl#config}. */
  public Optional<ServiceConfig> config(String service) throws IOException, AccessException {
    return with(service, ServiceRight.SERVICE_QUERY_CONFIG, handle -> config(service, handle));
  }

  /** Reads QUERY_SERVICE_CONFIGW (2.2.15), whose texts follow its fields. */
  private ServiceConfig config(String service, byte[] handle) throws IOException, AccessException {
    NdrReader answer =
        rpc.call(QUERY_SERVICE_CONFIG, new NdrWriter().handle(handle).u32(MAX_CONFIG));
    answer.u32();
    int start = answer.u32();
    answer.u32();
    boolean path = answer.pointer();
    boolean group = answer.pointer();
    answer.u32();
    boolean dependencies = answer.pointer();
    boolean account = answer.pointer();
    boolean display = answer.pointer();
    text(answer, path);
    text(answer, group);
    List<String> names = names(text(answer, dependencies));
    String runsAs = text(answer, account).split("\0", 2)[0];
    String name = text(answer, display).split("\0", 2)[0];
    answer.u32();
    check(answer.u32(), "QueryServiceConfig", service, ServiceRight.SERVICE_QUERY_CONFIG);
    boolean delayed = start == START_AUTO && delayed(service, handle);
    return new ServiceConfig(
        name.isEmpty() ? service : name,
        StartMode.of(start, delayed),
        names.stream().filter(one -> one.charAt(0) != LOAD_ORDER_GROUP).toList(),
        new ServiceConfig.Details(
            names.stream()
                .filter(one -> one.charAt(0) == LOAD_ORDER_GROUP)
                .map(one -> one.substring(1))
                .toList(),
            runsAs,
            RecoveryQuery.ask(rpc, handle)));
  }

  private static String text(NdrReader answer, boolean present) throws Malformed {
    return present ? answer.rawText() : "";
  }

  /** False on Windows before Vista, which does not know the level. */
  private boolean delayed(String service, byte[] handle) throws IOException, AccessException {
    NdrReader answer =
        rpc.call(
            QUERY_SERVICE_CONFIG_2,
            new NdrWriter().handle(handle).u32(DELAYED_AUTO_START_INFO).u32(Integer.BYTES));
    byte[] bytes = answer.conformantBytes();
    answer.u32();
    int code = answer.u32();
    if (code == Win32Error.INVALID_LEVEL) {
      return false;
    }
    check(code, "QueryServiceConfig2", service, ServiceRight.SERVICE_QUERY_CONFIG);
    return bytes.length > 0 && bytes[0] != 0;
  }

  /** Names between NULs or slashes; those of load-order groups begin with a plus. */
  private static List<String> names(String dependencies) {
    return Arrays.stream(dependencies.split("[\0/]")).filter(name -> !name.isEmpty()).toList();
  }

  /** See {@link dev.imfexporter.access.ServiceControl#dependents}. */
  public List<String> dependents(String service) throws IOException, AccessException {
    return with(
            service,
            ServiceRight.SERVICE_ENUMERATE_DEPENDENTS,
            handle -> dependents(service, handle))
        .orElse(List.of());
  }

  private List<String> dependents(String service, byte[] handle)
      throws IOException, AccessException {
    int size = FIRST_ENUMERATION;
    while (true) {
      NdrReader answer =
          rpc.call(
              ENUM_DEPENDENT_SERVICES, new NdrWriter().handle(handle).u32(STATE_ALL).u32(size));
      byte[] entries = answer.conformantBytes();
      int needed = answer.u32();
      int count = answer.u32();
      int code = answer.u32();
      if (code != Win32Error.MORE_DATA || size >= MAX_ENUMERATION) {
        check(code, "EnumDependentServices", service, ServiceRight.SERVICE_ENUMERATE_DEPENDENTS);
        return names(entries, count);
      }
      size = Math.min(MAX_ENUMERATION, Math.max(2 * size, Math.max(0, needed)));
    }
  }

  /** Reads ENUM_SERVICE_STATUSW (2.2.10), which has the offset of each name in the buffer. */
  private static List<String> names(byte[] entries, int count) throws Malformed {
    if (count < 0 || (long) count * ENTRY_BYTES > entries.length) {
      throw new Malformed("The host announced more services than it sent");
    }
    ByteBuffer buffer = ByteBuffer.wrap(entries).order(ByteOrder.LITTLE_ENDIAN);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(name(buffer, buffer.getInt(i * ENTRY_BYTES)));
    }
    return names;
  }

  private static String name(ByteBuffer buffer, int offset) throws Malformed {
    StringBuilder name = new StringBuilder();
    int at = offset;
    while (at >= 0 && at <= buffer.limit() - Character.BYTES) {
      char next = buffer.getChar(at);
      if (next == 0) {
        return name.toString();
      }
      // Names may share bytes, so their number alone does not bound them.
      if (name.length() == MAX_NAME) {
        throw new Malformed("The host sent a service name of more than 256 characters");
      }
      name.append(next);
      at += Character.BYTES;
    }
    throw new Malformed("The host sent the name of a service outside of its buffer");
  }

  private <T> Optional<T> with(String service, ServiceRight right, RpcClient.Question<T> question)
      throws IOException, AccessException {
    byte[] handle = openService(service, right);
    if (handle == null) {
      return Optional.empty();
    }
    return Optional.of(rpc.ask(handle, CLOSE_SERVICE_HANDLE, question));
  }

  private byte @Nullable [] openService(String service, ServiceRight right)
      throws IOException, AccessException {
    NdrReader answer =
        rpc.call(OPEN_SERVICE, new NdrWriter().handle(manager).text(service).u32(right.mask()));
    byte[] handle = answer.handle();
    int code = answer.u32();
    if (code == Win32Error.SERVICE_DOES_NOT_EXIST || code == Win32Error.SERVICE_MARKED_FOR_DELETE) {
      return null;
    }
    check(code, "OpenService", service, right);
    return handle;
  }

  private static void check(int code, String function, String service, ServiceRight right)
      throws CallFailed {
    check(code, function + " " + service, right.on(service));
  }

  private static void check(int code, String call, String right) throws CallFailed {
    if (code != Win32Error.SUCCESS) {
      throw CallFailed.needing(right, Win32Error.of(call, code));
    }
  }

  @Override
  public void close() {
    rpc.close();
  }
}
