package io.meshdoctor.collector.live;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.BiFunction;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A TLS context that asks for, and checks, a server of another name than that in the URL. Java's
 * HTTP client has no option for {@code tls-server-name}: it sets the name itself, on the engine.
 */
final class NamedServerContext {

  private NamedServerContext() {}

  static SSLContext of(SSLContext plain, String serverName) {
    return new SSLContext(new Spi(plain, serverName), plain.getProvider(), plain.getProtocol()) {};
  }

  private static final class Spi extends SSLContextSpi {

    private final SSLContext plain;
    private final String serverName;

    Spi(SSLContext plain, String serverName) {
      this.plain = plain;
      this.serverName = serverName;
    }

    @Override
    protected void engineInit(
        KeyManager @Nullable [] keys,
        TrustManager @Nullable [] trusted,
        @Nullable SecureRandom random) {
      throw new UnsupportedOperationException("is initialized already");
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return engineCreateSSLEngine(serverName, -1);
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return new Engine(plain.createSSLEngine(serverName, port), serverName, port);
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return plain.getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return plain.getServerSocketFactory();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return plain.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return plain.getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      return plain.getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      return plain.getSupportedSSLParameters();
    }
  }

  /** Does what another engine does, but for the name of the server. */
  private static final class Engine extends SSLEngine {

    private final SSLEngine plain;
    private final String serverName;

    Engine(SSLEngine plain, String serverName, int port) {
      super(serverName, port);
      this.plain = plain;
      this.serverName = serverName;
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
      parameters.setServerNames(List.of(new SNIHostName(serverName)));
      plain.setSSLParameters(parameters);
    }

    @Override
    public SSLParameters getSSLParameters() {
      return plain.getSSLParameters();
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer to)
        throws SSLException {
      return plain.wrap(from, offset, length, to);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length)
        throws SSLException {
      return plain.unwrap(from, to, offset, length);
    }

    @Override
    public @Nullable Runnable getDelegatedTask() {
      return plain.getDelegatedTask();
    }

    @Override
    public void closeInbound() throws SSLException {
      plain.closeInbound();
    }

    @Override
    public boolean isInboundDone() {
      return plain.isInboundDone();
    }

    @Override
    public void closeOutbound() {
      plain.closeOutbound();
    }

    @Override
    public boolean isOutboundDone() {
      return plain.isOutboundDone();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return plain.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
      return plain.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
      plain.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
      return plain.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
      return plain.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
      plain.setEnabledProtocols(protocols);
    }

    @Override
    public SSLSession getSession() {
      return plain.getSession();
    }

    @Override
    public @Nullable SSLSession getHandshakeSession() {
      return plain.getHandshakeSession();
    }

    @Override
    public void beginHandshake() throws SSLException {
      plain.beginHandshake();
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
      return plain.getHandshakeStatus();
    }

    @Override
    public void setUseClientMode(boolean isClient) {
      plain.setUseClientMode(isClient);
    }

    @Override
    public boolean getUseClientMode() {
      return plain.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean isNeeded) {
      plain.setNeedClientAuth(isNeeded);
    }

    @Override
    public boolean getNeedClientAuth() {
      return plain.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean isWanted) {
      plain.setWantClientAuth(isWanted);
    }

    @Override
    public boolean getWantClientAuth() {
      return plain.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean isEnabled) {
      plain.setEnableSessionCreation(isEnabled);
    }

    @Override
    public boolean getEnableSessionCreation() {
      return plain.getEnableSessionCreation();
    }

    @Override
    public @Nullable String getApplicationProtocol() {
      return plain.getApplicationProtocol();
    }

    @Override
    public @Nullable String getHandshakeApplicationProtocol() {
      return plain.getHandshakeApplicationProtocol();
    }

    @Override
    public void setHandshakeApplicationProtocolSelector(
        BiFunction<SSLEngine, List<String>, String> selector) {
      plain.setHandshakeApplicationProtocolSelector(selector);
    }

    @Override
    public BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
      return plain.getHandshakeApplicationProtocolSelector();
    }
  }
}
