package dev.imfexporter.access.smb;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What it takes to open a session.
 *
 * @param nanoTime a monotonic clock of this machine
 * @param stage is told what the opening waits for from now on
 */
record Opening(
    SmbHostConfig config, Login login, LongSupplier nanoTime, Consumer<OpeningStage> stage) {}
