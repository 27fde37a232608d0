package io.meshdoctor.collector;

import java.io.InputStream;

/**
 * One piece of input, on its way from a source to the reader of its kind.
 *
 * @param kind what it is
 * @param path where it is in its source, for messages
 * @param cluster operator's name of the cluster; empty for {@link InputKind#MESH} and {@link
 *     InputKind#PROBE}
 * @param namespace namespace of the pod that it was read from; empty where it is of no pod
 * @param pod name of that pod; empty likewise
 * @param name name of the debug endpoint, without {@code .json}; empty for other kinds
 * @param body its bytes; closed by whoever opened it
 */
record Input(
    InputKind kind,
    String path,
    String cluster,
    String namespace,
    String pod,
    String name,
    InputStream body) {}
