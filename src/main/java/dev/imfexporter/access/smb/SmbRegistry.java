package dev.imfexporter.access.smb;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.Registry;
import dev.imfexporter.access.RegistryValue;
import dev.imfexporter.access.Subscription;
import dev.imfexporter.access.smb.rpc.RegistryClient;
import java.time.Instant;
import java.util.Optional;

/** HKEY_LOCAL_MACHINE through MS-RRP. Thread-safe. */
record SmbRegistry(RpcChannel<RegistryClient> channel) implements Registry {

  @Override
  public Optional<RegistryValue> value(View view, String key, String name) throws AccessException {
    return channel.call(client -> client.value(view, key, name));
  }

  @Override
  public Optional<Instant> lastWritten(View view, String key) throws AccessException {
    return channel.call(client -> client.lastWritten(view, key));
  }

  @Override
  public Subscription onChange(View view, String key, Runnable changed) throws AccessException {
    throw new AccessException.Unsupported(
        "Windows reports registry changes only on the machine itself");
  }
}
