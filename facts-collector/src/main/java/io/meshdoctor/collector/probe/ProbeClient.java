package io.meshdoctor.collector.probe;

/**
 * The container that a probe runs in.
 *
 * @param namespace namespace of its pod
 * @param pod name of its pod
 * @param container its name
 */
public record ProbeClient(String namespace, String pod, String container) {}
