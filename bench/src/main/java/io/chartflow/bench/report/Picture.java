package io.chartflow.bench.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;

/** Panels beside and below each other, as a PNG. */
public final class Picture {

  private Picture() {}

  /** The panels row by row, {@code columns} in a row. */
  public static byte[] png(List<? extends Chart<?, ?>> panels, int columns) {
    int width = panels.stream().mapToInt(Chart::getWidth).max().orElse(1);
    int height = panels.stream().mapToInt(Chart::getHeight).max().orElse(1);
    int rows = (panels.size() + columns - 1) / columns;
    BufferedImage image =
        new BufferedImage(
            width * Math.min(columns, panels.size()), height * rows, BufferedImage.TYPE_INT_RGB);
    Graphics2D all = image.createGraphics();
    all.setColor(Color.WHITE);
    all.fillRect(0, 0, image.getWidth(), image.getHeight());
    for (int i = 0; i < panels.size(); i++) {
      Graphics2D part =
          (Graphics2D) all.create(i % columns * width, i / columns * height, width, height);
      part.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      panels.get(i).paint(part, width, height);
      part.dispose();
    }
    all.dispose();
    return encode(image);
  }

  private static byte[] encode(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", bytes)) {
        throw new IllegalStateException("this JDK has no writer of PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }
}
