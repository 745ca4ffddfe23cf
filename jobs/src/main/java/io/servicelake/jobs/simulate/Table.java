package io.servicelake.jobs.simulate;

import java.util.List;

/** The tables of the exports and their columns; docs/simulator.md describes formats and codes. */
enum Table {
  DEALERS("dealers", ".csv", ',', true, 1, "经销商代码 经销商名称 品牌 大区 城市 开业日期 工位数 最后修改时间"),
  PARTS("parts", ".xlsx", ',', false, 1, "配件号 配件名称 部件代码 单位成本 易损件 最后修改时间"),
  STAFF("staff", ".csv", ',', false, 2, "经销商代码 工号 姓名 岗位 技师等级 入职日期 离职日期 证书到期 培训小时 最后修改时间"),
  CUSTOMERS(
      "customers",
      ".csv",
      ',',
      true,
      2,
      "经销商代码 客户编号 姓名 手机号码 地址 邮箱 出生日期 性别 客户类别 会员等级 距离公里 建档日期 最后修改时间"),
  VEHICLES(
      "vehicles",
      ".csv",
      ',',
      false,
      2,
      "经销商代码 底盘号 车牌 品牌 车型 年款 动力类型 销售日期 保修截止 保修里程 保养间隔月 保养间隔公里 客户编号" + " 持有起始 持有截止 终止原因 最后修改时间"),
  REPAIR_ORDERS(
      "repair_orders",
      ".csv",
      ',',
      false,
      2,
      "经销商代码 工单号 客户编号 底盘号 车牌 服务顾问 预约时间 进厂时间 期望交车时间 完工时间 交车时间 里程 故障代码" + " 故障描述 状态 报价 最后修改时间"),
  REPAIR_ORDER_LINES(
      "repair_order_lines",
      ".csv.gz",
      ',',
      false,
      3,
      "经销商代码 工单号 行号 行类型 作业类型 付费类型 项目代码 部件代码 配件号 数量 技师工号 定额工时 实际工时 金额"
          + " 成本 正厂件 客户自带件 是否拒修 最后修改时间"),
  CONTACTS(
      "contacts",
      ".csv",
      ',',
      false,
      2,
      "经销商代码 回访编号 客户编号 工单号 方式 目的 应访时间 回访时间 是否接通 回访员 维修效果 服务态度 费用合理性" + " 回访结果 客户原话 最后修改时间"),
  COMPLAINTS(
      "complaints",
      ".csv",
      ',',
      false,
      2,
      "经销商代码 投诉编号 客户编号 工单号 底盘号 渠道 类型 严重度 受理时间 响应时间 分派时间 方案时间 处理时间"
          + " 回访时间 关闭时间 责任人 补偿金额 二次投诉 部件代码 投诉内容 最后修改时间"),
  CONSENTS("consents", ".csv", ';', false, 3, "经销商代码 客户编号 渠道 是否同意 授权时间 最后修改时间");

  final String folder;
  final String suffix;
  final char delimiter;
  final boolean hasByteOrderMark;
  final int[] keyColumns;
  final List<String> columns;

  Table(
      String folder,
      String suffix,
      char delimiter,
      boolean hasByteOrderMark,
      int keyLength,
      String columns) {
    this.folder = folder;
    this.suffix = suffix;
    this.delimiter = delimiter;
    this.hasByteOrderMark = hasByteOrderMark;
    this.columns = List.of(columns.split(" "));
    this.keyColumns = new int[keyLength];
    for (int i = 0; i < keyLength; i++) {
      keyColumns[i] = i;
    }
  }

  int column(String header) {
    int index = columns.indexOf(header);
    if (index < 0) {
      throw new IllegalArgumentException(this + " has no column " + header);
    }
    return index;
  }

  String file(String name) {
    return folder + "/" + name + suffix;
  }
}
