package io.chartflow.connect.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterNamesTest {

  @Test
  void everyMeterIsInTheList() throws IllegalAccessException {
    List<Meter> constants = new ArrayList<>();
    for (Field field : MeterNames.class.getFields()) {
      if (field.getType() == Meter.class) {
        constants.add((Meter) field.get(null));
      }
    }

    assertThat(MeterNames.ALL).containsExactlyInAnyOrderElementsOf(constants);
  }

  @Test
  void namesAreUniqueAndInTheHousesForm() {
    assertThat(MeterNames.ALL).extracting(Meter::name).doesNotHaveDuplicates();
    assertThat(MeterNames.ALL)
        .allSatisfy(
            meter -> {
              assertThat(meter.name()).matches("chartflow\\.(trainer|scorer|monitor)(\\.[a-z]+)+");
              assertThat(meter.unit()).isNotBlank();
              assertThat(meter.description()).isNotBlank().doesNotEndWith(".");
              assertThat(meter.tags()).doesNotHaveDuplicates();
            });
  }
}
