package io.servicelake.jobs.simulate;

import io.servicelake.jobs.simulate.Person.AccountClass;
import io.servicelake.jobs.simulate.StaffMember.Role;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The dealer group: dealers, staff, customers and accounts with their vehicles. */
final class Group {
  private record City(String region, String name, String code, String plateHead, String areaCode) {}

  private record Recall(CarModel model, int day, int soldFrom, int soldUntil) {}

  private static final List<City> CITIES =
      List.of(
          new City("华东", "上海", "SH", "沪A", "021"),
          new City("华东", "南京", "NJ", "苏A", "025"),
          new City("华南", "广州", "GZ", "粤A", "020"),
          new City("华南", "东莞", "DG", "粤S", "0769"),
          new City("西南", "成都", "CD", "川A", "028"),
          new City("西南", "重庆", "CQ", "渝A", "023"),
          new City("华东", "杭州", "HZ", "浙A", "0571"),
          new City("华南", "深圳", "SZ", "粤B", "0755"));
  private static final String[] MOBILE_HEADS = {
    "130", "131", "133", "135", "136", "137", "138", "139", "150", "151", "158", "159", "177",
    "186", "187", "188", "189"
  };
  private static final String[] TIERS = {"铜卡", "银卡", "金卡", "钻石"};
  private static final int[] TIER_VISITS = {3, 6, 10, 16};

  final List<Dealer> dealers = new ArrayList<>();
  final List<Person> people = new ArrayList<>();
  private final SimulationOptions options;
  private final int startDay;
  private final int endDay;
  private final int lastDay;
  private final List<Recall> recalls = new ArrayList<>();
  private final boolean[] monthEnds;
  private int vehicleCount;

  Group(SimulationOptions options, int startDay, int endDay, int lastDay) {
    this.options = options;
    this.startDay = startDay;
    this.endDay = endDay;
    this.lastDay = lastDay;
    monthEnds = new boolean[lastDay - startDay + 1];
    for (int i = 0; i < monthEnds.length; i++) {
      monthEnds[i] = LocalDate.ofEpochDay(startDay + i + 1L).getDayOfMonth() == 1;
    }
    Draws draws = Draws.of(options.seed(), "group", 0);
    for (int i = 0; i < options.dealers(); i++) {
      dealers.add(dealer(i, draws));
    }
    for (Dealer dealer : dealers) {
      dealer.neighbour = neighbourOf(dealer);
      staff(dealer, Draws.of(options.seed(), "staff", dealer.index));
    }
    for (CarModel model : CarModel.ALL) {
      int day = startDay + draws.below(endDay - startDay);
      recalls.add(new Recall(model, day, day - 365 * 4, day - 200));
    }
  }

  boolean isMonthEnd(int day) {
    return monthEnds[day - startDay];
  }

  /** Of every eight dealers five sell the first brand, so that its peers are enough to compare. */
  private Dealer dealer(int index, Draws draws) {
    City city = CITIES.get(index % CITIES.size());
    String brand = index % 8 % 3 == 1 ? CarModel.LINGCHI : CarModel.CHENYAO;
    int sequence = index / CITIES.size() + 1;
    Dealer dealer =
        new Dealer(
            index,
            city.code() + String.format("%02d", sequence),
            city.name() + (sequence > 1 ? "第" + sequence : "") + brand + "汽车销售服务有限公司",
            brand,
            city.region(),
            city.name(),
            city.plateHead(),
            startDay - 365 * 5 - draws.below(2000),
            8 + draws.below(12));
    dealer.slack = draws.between(0.15, 0.75);
    dealer.callsMade = draws.between(0.72, 0.93);
    dealer.callAfterHours = List.of(24, 72, 72, 120).get(draws.below(4));
    dealer.complaintSpeed = draws.between(0.7, 1.8);
    dealer.hourlyYuan = brand.equals(CarModel.CHENYAO) ? 220 : 260;
    dealer.hourlyYuan *= draws.between(0.9, 1.15);
    return dealer;
  }

  private Dealer neighbourOf(Dealer dealer) {
    Dealer found = null;
    for (Dealer other : dealers) {
      if (other != dealer && other.region.equals(dealer.region)) {
        boolean sameBrand = other.brand.equals(dealer.brand);
        if (found == null || sameBrand && !found.brand.equals(dealer.brand)) {
          found = other;
        }
      }
    }
    return found;
  }

  private void staff(Dealer dealer, Draws draws) {
    double perDealer = options.customers() / (double) options.dealers();
    int technicians = (int) Math.max(4, Math.round(perDealer / 95));
    slots(dealer, Role.TECHNICIAN, technicians, draws);
    slots(dealer, Role.ADVISOR, Math.max(3, technicians / 2), draws);
    slots(dealer, Role.CALLER, 2, draws);
    slots(dealer, Role.MANAGER, 1, draws);
  }

  private void slots(Dealer dealer, Role role, int count, Draws draws) {
    int number = 1;
    for (int slot = 0; slot < count; slot++) {
      int hired = startDay - 1500 - draws.below(365 * 5);
      boolean serving = true;
      while (serving) {
        int stays = (int) (200 + draws.exponential(5000));
        int left = Math.max(startDay + 30, hired + stays);
        serving = left <= lastDay;
        double skill = draws.normal();
        int level = 0;
        if (role == Role.TECHNICIAN) {
          double told =
              Difficulty.LEVEL_TELLS_SKILL * skill
                  + Math.sqrt(1 - Math.pow(Difficulty.LEVEL_TELLS_SKILL, 2)) * draws.normal();
          level = (int) Math.max(0, Math.min(4, Math.floor(2.5 + 1.1 * told)));
        }
        dealer.staff.add(
            new StaffMember(
                dealer,
                role.head + String.format("%03d", number++),
                Words.name(draws).simplified(),
                role,
                hired,
                serving ? left : Dates.NO_DAY,
                level,
                role == Role.TECHNICIAN && level > 0
                    ? endDay - 200 + draws.below(900)
                    : Dates.NO_DAY,
                skill,
                Math.max(0, 24 + 4 * level + 9 * draws.normal())));
        hired = left + 1;
      }
    }
  }

  /** The persons of the start and those who join; then fleets, insurers and the dealers' own. */
  void populate() {
    for (int i = 0; i < options.customers(); i++) {
      Draws draws = Draws.of(options.seed(), "person", i);
      Dealer home = dealers.get(i % dealers.size());
      boolean early = draws.chance(0.55);
      int joined =
          early
              ? startDay - 20 - (int) (Math.pow(draws.uniform(), 1.2) * 365 * 4)
              : startDay + draws.below(endDay - startDay - 20);
      Person person = person(i, home, joined, draws);
      boolean used = draws.chance(0.22);
      person.ownerships.add(
          used ? usedVehicle(person, joined, draws) : newVehicle(person, joined, draws));
      if (draws.chance(0.14)) {
        person.ownerships.add(
            usedVehicle(person, Math.min(joined + draws.below(900), lastDay - 400), draws));
      }
      people.add(person);
    }
    for (Dealer dealer : dealers) {
      accounts(dealer, Draws.of(options.seed(), "accounts", dealer.index));
    }
  }

  private Person person(int index, Dealer home, int joined, Draws draws) {
    Words.Name name = Words.name(draws);
    String phone =
        MOBILE_HEADS[draws.below(MOBILE_HEADS.length)]
            + String.format("%08d", (index * 61_803_399L + 12_345_678L) % 99_999_989L);
    Person person = new Person(index, AccountClass.PERSON, name, phone, home, joined, draws);
    person.gender = draws.chance(0.95) ? draws.chance(0.64) ? "男" : "女" : "";
    person.birthDay =
        draws.chance(0.8) ? startDay - 365 * 20 - (int) (draws.uniform() * 365 * 40) : Dates.NO_DAY;
    person.address = draws.chance(0.9) ? Words.address(home.city, draws) : "";
    person.email =
        draws.chance(0.25)
            ? name.pinyin().toLowerCase(java.util.Locale.ROOT).replace(" ", "").replace("ü", "v")
                + index
                + "@example.com"
            : "";
    person.speaksEnglish = draws.chance(0.06);
    person.priceSensitivity = draws.uniform();
    person.isDrifter = draws.chance(Difficulty.DRIFTER_SHARE);
    person.tolerance = draws.logNormal(1.0, 0.5);
    person.billToleranceYuan = draws.logNormal(4200 - 2200 * person.priceSensitivity, 0.5);
    person.diligence = draws.gammaOfMeanOne(Difficulty.DILIGENCE_SHAPE);
    person.lateness = draws.logNormal(Difficulty.LATENESS_SCALE, Difficulty.LATENESS_SPREAD);
    person.accidentProneness = draws.gammaOfMeanOne(Difficulty.ACCIDENT_SHAPE);
    person.responsiveness = Math.max(0.1, Math.min(0.95, 0.66 + 0.2 * draws.normal()));
    person.mildness = 0.35 * draws.normal();
    person.distanceKm = Math.min(90, draws.logNormal(9, 0.75));
    person.roams = draws.chance(0.12) ? draws.between(0.2, 0.5) : draws.chance(0.2) ? 0.06 : 0;
    person.changesPhone = person.roams == 0 && draws.chance(0.04);
    return person;
  }

  /** A person who bought a vehicle from a customer of the group. */
  Person buyer(int index, Ownership sold, Dealer home) {
    Draws draws = Draws.of(options.seed(), "person", index);
    Person person = person(index, home, sold.untilDay + 1, draws);
    person.ownerships.add(
        new Ownership(sold.vehicle, plate(home, sold.vehicle.model), sold.untilDay + 1));
    return person;
  }

  private void accounts(Dealer dealer, Draws draws) {
    City city = CITIES.get(dealer.index % CITIES.size());
    double scale = options.customers() / (double) options.dealers() / 500;
    int fleets = dealer.index == 0 ? 3 : 1 + draws.below(3);
    for (int i = 0; i < fleets; i++) {
      boolean giant = dealer.index == 0 && i == 0;
      String name =
          giant
              ? city.name() + "捷行汽车租赁有限公司"
              : city.name()
                  + List.of("顺达物流", "安邦建设", "恒通科技", "嘉和医药").get(draws.below(4))
                  + (i + 1)
                  + "部";
      account(
          dealer,
          city,
          AccountClass.FLEET,
          name,
          giant ? (int) Math.max(12, 60 * Math.min(1, scale)) : 2 + draws.below(6),
          giant ? 95 : 70,
          draws);
    }
    account(dealer, city, AccountClass.DEALER_INTERNAL, dealer.name + "（内部）", 3, 45, draws);
    account(
        dealer,
        city,
        AccountClass.INSURER,
        List.of("人民财险", "平安财险", "太平洋财险").get(draws.below(3)) + city.name() + "分公司",
        (int) Math.max(2, 10 * options.years() * scale),
        30,
        draws);
  }

  private void account(
      Dealer dealer,
      City city,
      AccountClass accountClass,
      String name,
      int vehicles,
      double kmPerDay,
      Draws draws) {
    int index = people.size();
    Person account =
        new Person(
            index,
            accountClass,
            Words.plain(name),
            city.areaCode() + "-" + String.format("%08d", 50_000_000 + draws.below(40_000_000)),
            dealer,
            startDay - 300 - draws.below(600),
            Draws.of(options.seed(), "account", index));
    account.address = Words.address(dealer.city, draws);
    account.distanceKm = draws.between(2, 20);
    for (int i = 0; i < vehicles; i++) {
      int from =
          accountClass == AccountClass.INSURER
              ? startDay + (int) ((long) i * (endDay - startDay) / vehicles)
              : account.joinedDay + draws.below(400);
      Vehicle vehicle = vehicle(dealer, from - draws.below(300), draws, kmPerDay);
      account.ownerships.add(new Ownership(vehicle, plate(dealer, vehicle.model), from));
    }
    people.add(account);
  }

  Ownership newVehicle(Person person, int day, Draws draws) {
    Vehicle vehicle = vehicle(person.home, day, draws, 0);
    return new Ownership(vehicle, plate(person.home, vehicle.model), day);
  }

  private Ownership usedVehicle(Person person, int day, Draws draws) {
    int age = 400 + draws.below(365 * 4);
    Vehicle vehicle = vehicle(person.home, day - age, draws, 0);
    vehicle.km = vehicle.usualKmPerDay * age * draws.between(0.8, 1.1);
    vehicle.maintainedDay = day - draws.below(250);
    vehicle.maintainedKm = vehicle.km - (day - vehicle.maintainedDay) * vehicle.usualKmPerDay;
    for (int c = 0; c < vehicle.frailty.length; c++) {
      double life = Component.WEARING.get(c).scaleKm * 0.8;
      vehicle.replacedKm[c] = vehicle.km > life ? vehicle.km - draws.uniform() * life : 0;
    }
    return new Ownership(vehicle, plate(person.home, vehicle.model), day);
  }

  private Vehicle vehicle(Dealer dealer, int soldDay, Draws draws, double kmPerDay) {
    List<CarModel> models =
        CarModel.ALL.stream().filter(model -> model.brand().equals(dealer.brand)).toList();
    CarModel model =
        models.get(draws.weighted(models.stream().mapToDouble(CarModel::sales).toArray()));
    int modelYear =
        Dates.year(soldDay) + (LocalDate.ofEpochDay(soldDay).getMonthValue() > 9 ? 1 : 0);
    Vehicle vehicle =
        new Vehicle(
            Vins.make(model, modelYear, 100_000 + vehicleCount),
            model,
            soldDay,
            modelYear,
            draws,
            kmPerDay);
    vehicle.km = 15;
    return vehicle;
  }

  private String plate(Dealer dealer, CarModel model) {
    vehicleCount++;
    long mixed = (vehicleCount * 7_919L + options.seed() * 31) % 100_003L;
    char series = (char) ('A' + (int) (vehicleCount / 100_003L));
    String digits = String.format("%05d", mixed % 100_000);
    if (model.powertrain().hasGreenPlate()) {
      return dealer.plateHead + "D" + digits;
    }
    return dealer.plateHead
        + (series == 'A' && mixed < 100_000 ? digits : "" + series + digits.substring(1));
  }

  void openRecalls(Vehicle vehicle, int day) {
    for (Recall recall : recalls) {
      if (day >= recall.day()
          && day < recall.day() + 7
          && recall.model() == vehicle.model
          && vehicle.soldDay >= recall.soldFrom()
          && vehicle.soldDay <= recall.soldUntil()) {
        vehicle.recallDay = recall.day();
      }
    }
  }

  /** The file that begins with buying a new vehicle, or with being an account. */
  void openFile(Person person) {
    for (Ownership owned : person.ownerships) {
      boolean isNew = owned.vehicle.soldDay == owned.fromDay;
      boolean account = !person.isPerson();
      if (isNew || account) {
        long at = Dates.at(person.joinedDay, 10 * 60 + person.index % 400);
        CustomerFile file = file(person, person.home, at, person.draws);
        file.vehicles.put(owned, Math.max(at, Dates.at(owned.fromDay, 11 * 60)));
      }
    }
  }

  /** The person's file at the dealer, opened if there is none. */
  CustomerFile file(Person person, Dealer dealer, long openedAt, Draws draws) {
    CustomerFile file = person.files.get(dealer);
    if (file == null) {
      double distance =
          dealer == person.home ? person.distanceKm : person.distanceKm + draws.between(5, 40);
      file = new CustomerFile(person, dealer, openedAt, distance);
      file.states.add(new CustomerFile.State(openedAt, person.phone, person.address, ""));
      person.files.put(dealer, file);
    }
    return file;
  }

  /** Saves a new state when the tier rises, and now and then a new phone or address. */
  void reviewTier(CustomerFile file, long at, Draws draws) {
    CustomerFile.State now = file.states.get(file.states.size() - 1);
    String tier = now.tier();
    String phone = now.phone();
    String address = now.address();
    if (file.person.isPerson()) {
      for (int i = 0; i < TIERS.length; i++) {
        tier = file.visits >= TIER_VISITS[i] ? TIERS[i] : tier;
      }
      if (file.person.changesPhone && file.visits == 4) {
        phone = phone.substring(0, 3) + String.format("%08d", 99_999_990L - file.person.index);
      }
      if (file.visits > 1 && draws.chance(0.01)) {
        address = Words.address(file.dealer.city, draws);
      }
    }
    if (!tier.equals(now.tier()) || !phone.equals(now.phone()) || !address.equals(now.address())) {
      file.states.add(new CustomerFile.State(at + 30, phone, address, tier));
    }
  }
}
