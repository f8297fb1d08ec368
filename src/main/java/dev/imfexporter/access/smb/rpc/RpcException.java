package dev.imfexporter.access.smb.rpc;

import java.io.IOException;

/** The host broke the protocol, or its RPC runtime refused a call. */
public abstract sealed class RpcException extends IOException {
  private static final long serialVersionUID = 1L;

  private RpcException(String message) {
    super(message);
  }

  /** The host sent bytes that do not answer the call. */
  public static final class Malformed extends RpcException {
    private static final long serialVersionUID = 1L;

    public Malformed(String what) {
      super(what);
    }
  }

  /** The host refused the bind to an interface. */
  public static final class Rejected extends RpcException {
    private static final long serialVersionUID = 1L;

    public Rejected(String why) {
      super(why);
    }
  }

  /** The runtime of the host refused a call (C706 appendix E, MS-RPCE 2.2.2.9). */
  public static final class Fault extends RpcException {
    private static final long serialVersionUID = 1L;
    private static final int ACCESS_DENIED = 5;

    private final int status;

    public Fault(int status) {
      super("The host refused the call: " + name(status));
      this.status = status;
    }

    /** The NCA or Win32 code. */
    public int status() {
      return status;
    }

    /** Whether the host may accept the call with more protection. */
    public boolean denied() {
      return status == ACCESS_DENIED;
    }

    private static String name(int status) {
      String name =
          switch (status) {
            case ACCESS_DENIED -> "access denied";
            case 0x1c010002 -> "nca_s_op_rng_error, no such operation";
            case 0x1c010003 -> "nca_s_unk_if, no such interface";
            case 0x1c01000b -> "nca_s_proto_error";
            case 0x1c00001a -> "nca_s_fault_context_mismatch, a stale handle";
            case 0x000006f7 -> "RPC_X_BAD_STUB_DATA";
            case 0x00000721 -> "RPC_S_SEC_PKG_ERROR";
            default -> "fault";
          };
      return String.format("%s (0x%08x)", name, status);
    }
  }
}
