package io.servicelake.jobs.simulate;

import java.util.List;
import java.util.Map;

/** Names and what customers say, in Chinese and English. */
final class Words {
  /** A name in simplified and traditional characters and in pinyin. */
  record Name(String simplified, String traditional, String pinyin) {}

  private static final List<String> SURNAMES =
      List.of(
          "王 王 Wang",
          "李 李 Li",
          "张 張 Zhang",
          "刘 劉 Liu",
          "陈 陳 Chen",
          "杨 楊 Yang",
          "赵 趙 Zhao",
          "黄 黃 Huang",
          "周 周 Zhou",
          "吴 吳 Wu",
          "徐 徐 Xu",
          "孙 孫 Sun",
          "胡 胡 Hu",
          "朱 朱 Zhu",
          "高 高 Gao",
          "林 林 Lin",
          "何 何 He",
          "郭 郭 Guo",
          "马 馬 Ma",
          "罗 羅 Luo",
          "梁 梁 Liang",
          "宋 宋 Song",
          "郑 鄭 Zheng",
          "谢 謝 Xie",
          "韩 韓 Han",
          "唐 唐 Tang",
          "冯 馮 Feng",
          "于 于 Yu",
          "董 董 Dong",
          "萧 蕭 Xiao",
          "程 程 Cheng",
          "曹 曹 Cao",
          "袁 袁 Yuan",
          "邓 鄧 Deng",
          "许 許 Xu",
          "傅 傅 Fu",
          "沈 沈 Shen",
          "曾 曾 Zeng",
          "彭 彭 Peng",
          "吕 呂 Lü");
  private static final List<String> GIVEN =
      List.of(
          "伟 偉 wei",
          "芳 芳 fang",
          "娜 娜 na",
          "敏 敏 min",
          "静 靜 jing",
          "丽 麗 li",
          "强 強 qiang",
          "磊 磊 lei",
          "军 軍 jun",
          "洋 洋 yang",
          "勇 勇 yong",
          "艳 豔 yan",
          "杰 傑 jie",
          "娟 娟 juan",
          "涛 濤 tao",
          "明 明 ming",
          "超 超 chao",
          "兰 蘭 lan",
          "霞 霞 xia",
          "平 平 ping",
          "刚 剛 gang",
          "桂 桂 gui",
          "文 文 wen",
          "华 華 hua",
          "建 建 jian",
          "国 國 guo",
          "晓 曉 xiao",
          "宇 宇 yu",
          "佳 佳 jia",
          "欣 欣 xin",
          "浩 浩 hao",
          "思 思 si",
          "梦 夢 meng",
          "雪 雪 xue",
          "晨 晨 chen",
          "志 志 zhi",
          "海 海 hai",
          "玉 玉 yu",
          "秀 秀 xiu",
          "俊 俊 jun");
  private static final List<String> STREETS =
      List.of("人民路", "解放路", "中山路", "建设路", "和平街", "长江路", "文化路", "新华街", "东风路", "滨河路");

  private static final Map<Component, List<String>> CONCERNS =
      Map.ofEntries(
          Map.entry(
              Component.BRAKE_PAD, List.of("刹车有异响，踩下去软", "制动距离变长", "Squealing noise when braking")),
          Map.entry(Component.BATTERY_12V, List.of("早上打不着火", "电瓶没电，搭电才能启动", "Car will not start")),
          Map.entry(Component.TYRE, List.of("胎压报警，右后轮漏气", "轮胎鼓包", "Tyre pressure warning")),
          Map.entry(
              Component.SUSPENSION, List.of("过减速带底盘咯噔响", "跑偏，前面有异响", "Knocking noise over bumps")),
          Map.entry(Component.AC, List.of("空调不制冷", "空调有异味，风小", "AC blows warm air")),
          Map.entry(Component.ENGINE, List.of("发动机故障灯亮", "怠速抖动，加速无力", "Check engine light is on")),
          Map.entry(
              Component.TRANSMISSION, List.of("换挡顿挫", "倒挡挂不进", "Gearbox jerks in second gear")),
          Map.entry(Component.ELECTRICAL, List.of("中控黑屏", "左前大灯不亮", "Screen freezes and reboots")),
          Map.entry(Component.COOLING, List.of("水温高", "地上有一摊冷却液", "Coolant leak")),
          Map.entry(Component.STEERING, List.of("方向盘发沉", "转向有异响", "Steering feels heavy")),
          Map.entry(Component.WIPER, List.of("雨刮刮不干净", "雨刮异响", "Wipers smear")),
          Map.entry(Component.HV_BATTERY, List.of("续航明显变短", "充电到80%就跳枪", "Range dropped a lot")));
  private static final List<String> PRAISE =
      List.of("师傅很专业，讲解清楚", "服务热情，速度快", "很满意，下次还来", "Great service, quick and friendly", "顾问态度很好");
  private static final List<String> SUGGESTION =
      List.of("希望周末多开几个工位", "休息室可以加充电口", "建议短信通知进度", "Please offer a courtesy car");
  private static final List<String> LATE =
      List.of("说好下午四点，结果等到晚上", "交车太慢，耽误事", "Waited two hours longer than promised");
  private static final List<String> COMEBACK =
      List.of("刚修完又响了", "同一个毛病修了两次", "Same fault came back after a week", "修完没几天故障灯又亮");
  private static final List<String> BILL =
      List.of("费用比外面贵一倍", "没跟我说清楚就换了件", "Too expensive compared with the quote", "工时费太高");
  private static final List<String> ATTITUDE =
      List.of("顾问爱理不理", "打电话没人接", "The front desk was rude", "态度敷衍");
  private static final List<String> PARTS =
      List.of("配件质量不行，才用半年", "怀疑不是原厂件", "The new part failed already");

  private Words() {}

  static Name name(Draws draws) {
    String[] surname = draws.pick(SURNAMES).split(" ");
    String[] one = draws.pick(GIVEN).split(" ");
    if (draws.chance(0.3)) {
      return new Name(surname[0] + one[0], surname[1] + one[1], surname[2] + " " + capital(one[2]));
    }
    String[] two = draws.pick(GIVEN).split(" ");
    return new Name(
        surname[0] + one[0] + two[0],
        surname[1] + one[1] + two[1],
        surname[2] + " " + capital(one[2] + two[2]));
  }

  static Name plain(String name) {
    return new Name(name, name, name);
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  static String address(String city, Draws draws) {
    return city
        + "市"
        + draws.pick(STREETS)
        + (1 + draws.below(800))
        + "号"
        + (1 + draws.below(30))
        + "栋"
        + (101 + draws.below(2400))
        + "室";
  }

  static String concern(Component component, boolean english, Draws draws) {
    return say(CONCERNS.get(component), english, draws);
  }

  static String praise(boolean english, Draws draws) {
    return say(PRAISE, english, draws);
  }

  static String suggestion(boolean english, Draws draws) {
    return say(SUGGESTION, english, draws);
  }

  static String grievance(Person.Grievance source, boolean english, Draws draws) {
    return say(
        switch (source) {
          case LATE -> LATE;
          case COMEBACK -> COMEBACK;
          case COMPLAINT -> PARTS;
          case BILL -> BILL;
          case ATTITUDE -> ATTITUDE;
        },
        english,
        draws);
  }

  private static String say(List<String> words, boolean english, Draws draws) {
    List<String> fitting =
        words.stream().filter(word -> (word.charAt(0) < 128) == english).toList();
    return draws.pick(fitting.isEmpty() ? words : fitting);
  }
}
