package io.meshdoctor.collector;

/** What the proxies of a cluster told: pages of their Envoys. */
final class ProxyState {}
