package io.servicelake.jobs.simulate;

/** A member of staff; skill is hidden, one standard deviation is 1, more is better. */
final class StaffMember {
  enum Role {
    ADVISOR("服务顾问", "A"),
    TECHNICIAN("技师", "T"),
    CALLER("回访专员", "H"),
    MANAGER("经理", "M");

    final String chinese;
    final String head;

    Role(String chinese, String head) {
      this.chinese = chinese;
      this.head = head;
    }
  }

  static final String[] LEVELS = {"学徒", "初级", "中级", "高级", "专家"};
  private static final double[][] LEVEL_WEIGHTS = new double[LEVELS.length][11];

  static {
    for (int level = 0; level < LEVELS.length; level++) {
      for (int tenth = 0; tenth <= 10; tenth++) {
        LEVEL_WEIGHTS[level][tenth] = Math.exp(1.3 * (level - 2) * (tenth / 10.0 - 0.35));
      }
    }
  }

  final Dealer dealer;
  final String number;
  final String name;
  final Role role;
  final int hiredDay;
  final int leftDay;
  final int level;
  final int certifiedUntilDay;
  final double skill;
  final double trainingHours;

  StaffMember(
      Dealer dealer,
      String number,
      String name,
      Role role,
      int hiredDay,
      int leftDay,
      int level,
      int certifiedUntilDay,
      double skill,
      double trainingHours) {
    this.dealer = dealer;
    this.number = number;
    this.name = name;
    this.role = role;
    this.hiredDay = hiredDay;
    this.leftDay = leftDay;
    this.level = level;
    this.certifiedUntilDay = certifiedUntilDay;
    this.skill = skill;
    this.trainingHours = trainingHours;
  }

  double weight(Role wanted, int day, double hardness) {
    if (role != wanted || day < hiredDay || leftDay != Dates.NO_DAY && day > leftDay) {
      return 0;
    }
    return role == Role.TECHNICIAN ? LEVEL_WEIGHTS[level][(int) Math.round(hardness * 10)] : 1;
  }
}
