package dev.imfexporter.access.smb;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What it takes to open a session.
 *
 * @param addresses of the host, at least one
 * @param nanoTime a monotonic clock of this machine
 * @param stage receives what the opening waits for from now on
 */
record Opening(
    SmbHostConfig config,
    Login login,
    List<InetAddress> addresses,
    LongSupplier nanoTime,
    Consumer<OpeningStage> stage) {}
