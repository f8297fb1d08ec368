package dev.imfexporter.access.smb.rpc;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The way to all interfaces of one host.
 *
 * @param timeout of a bind, and of each call with all its fragments
 * @param nanoTime a monotonic clock of this machine
 */
public record RpcTransport(PipeOpener pipes, Duration timeout, LongSupplier nanoTime) {}
