package io.meshdoctor.engine;

import io.meshdoctor.facts.Fact;
import io.meshdoctor.rules.Header;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.model.Model;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieServices;
import org.kie.api.builder.Message;

/**
 * Compiles rules to the executable model, and keeps the classes on disk by a hash of all that they
 * are made of, so that the same rules are not compiled twice.
 */
final class RuleCompiler {

  private static final String NAMES = "META-INF/models";

  private final Path cache;

  /** Keeps compiled rules in a directory, which is made when it is needed. */
  RuleCompiler(Path cache) {
    this.cache = cache;
  }

  /**
   * Compiles files that belong together.
   *
   * @param files text of each file, by its path
   * @throws RuleCompilationException if one of them does not compile; it does not say which
   */
  List<Model> compile(SortedMap<String, String> files) throws RuleCompilationException {
    var key = key(files);
    var jar = cache.resolve(key + ".jar");
    if (Files.isRegularFile(jar)) {
      try {
        return load(Files.readAllBytes(jar));
      } catch (IOException | ReflectiveOperationException | LinkageError broken) {
        // compiled anew and replaced below
      }
    }
    var classes = build(key, files);
    keep(jar, classes);
    try {
      return load(classes);
    } catch (IOException | ReflectiveOperationException broken) {
      throw new IllegalStateException("Rules that were just compiled cannot be loaded.", broken);
    }
  }

  private static byte[] build(String key, SortedMap<String, String> files)
      throws RuleCompilationException {
    var services = KieServices.get();
    var sources = services.newKieFileSystem();
    // a fixed release id makes class names, and so the cache, stable
    sources.generateAndWritePomXML(services.newReleaseId("io.meshdoctor.user", "rules", key));
    int number = 0;
    for (var text : files.values()) {
      sources.write("src/main/resources/rules/file%d.drl".formatted(number++), text);
    }
    var builder = services.newKieBuilder(sources, Header.class.getClassLoader());
    try {
      builder.buildAll(ExecutableModelProject.class);
    } catch (RuntimeException codeGenerator) {
      Throwable root = codeGenerator;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new RuleCompilationException(String.valueOf(root.getMessage()));
    }
    var errors = builder.getResults().getMessages(Message.Level.ERROR);
    if (!errors.isEmpty()) {
      throw new RuleCompilationException(
          errors.stream()
              .map(Message::getText)
              .filter(text -> !text.startsWith("Java source of"))
              .findFirst()
              .orElseGet(() -> errors.get(0).getText()));
    }
    return pack((InternalKieModule) builder.getKieModule());
  }

  private static byte[] pack(InternalKieModule module) {
    var bytes = new ByteArrayOutputStream();
    var names = new StringBuilder();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var name : new TreeSet<>(module.getFileNames())) {
        if (name.endsWith("/drools-model")) {
          new String(module.getBytes(name), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("Drools-Model") && !line.isBlank())
              .forEach(line -> names.append(line.strip()).append('\n'));
        } else if (name.endsWith(".class")) {
          zip.putNextEntry(new ZipEntry(name));
          zip.write(module.getBytes(name));
        }
      }
      zip.putNextEntry(new ZipEntry(NAMES));
      zip.write(names.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static List<Model> load(byte[] jar) throws IOException, ReflectiveOperationException {
    Map<String, byte[]> entries = new HashMap<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    var names = entries.get(NAMES);
    if (names == null) {
      throw new IOException("no list of models");
    }
    var loader = new CompiledClasses(entries);
    List<Model> models = new ArrayList<>();
    for (var name : new String(names, StandardCharsets.UTF_8).lines().sorted().toList()) {
      models.add((Model) loader.loadClass(name).getConstructor().newInstance());
    }
    return models;
  }

  /**
   * Writes under another name first, so that nobody reads half a file; a failure costs time only.
   */
  private void keep(Path jar, byte[] classes) {
    try {
      Files.createDirectories(cache);
      var unfinished = Files.createTempFile(cache, "rules", ".tmp");
      Files.write(unfinished, classes);
      Files.move(
          unfinished, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException notWritable) {
      // the rules are compiled again next time
    }
  }

  /** Of the texts, and of the facts and rules that they were compiled against. */
  private static String key(SortedMap<String, String> files) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var shipped : List.of(ShippedFiles.with(Header.class), ShippedFiles.with(Fact.class))) {
        digest.update(shipped.stamp().getBytes(StandardCharsets.UTF_8));
      }
      files.forEach((name, text) -> digest.update((text + "\0").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java runtime has SHA-256.", impossible);
    }
  }

  /** Classes that are only in memory. */
  private static final class CompiledClasses extends ClassLoader {

    private final Map<String, byte[]> entries;

    CompiledClasses(Map<String, byte[]> entries) {
      super(Header.class.getClassLoader());
      this.entries = entries;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      var bytes = entries.get(name.replace('.', '/') + ".class");
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
